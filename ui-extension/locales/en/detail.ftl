# One envelope, opened: its recipients, what can be done with it, its history; and the search through all of them.

error-not-possible = This is not possible as the envelope stands now. Nothing was changed.
error-not-possible-fix = What you see now is how it stands.
error-action-unsettled = DocuSign has not confirmed it. It may have been done, and is not done twice.
error-action-unsettled-fix = Wait a moment: the history below shows it as soon as DocuSign has told.
