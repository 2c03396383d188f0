"""Everything that needs torch or the training data; none of it enters the wheel."""
