# One envelope, opened: its recipients, what can be done with it, its history; and the search through all of them.

error-not-possible = Det kan ikke lade sig gøre, som kuverten står nu. Intet blev ændret.
error-not-possible-fix = Det, du ser nu, er sådan, den står.
error-action-unsettled = DocuSign har ikke bekræftet det. Det er måske gjort, og det gøres ikke to gange.
error-action-unsettled-fix = Vent et øjeblik: historikken nedenfor viser det, så snart DocuSign har meldt det.
