"""What keeps a project in order beside its edits: old history dropped, time worked."""
