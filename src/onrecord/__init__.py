"""onrecord reads political and diplomatic newswire and keeps the record."""
