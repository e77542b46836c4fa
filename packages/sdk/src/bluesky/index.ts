// Bluesky: the calls of app.bsky and chat.bsky, rich text, threads and uploads.
