"""What guesses names: clustering, classification by neighbours and by patches, doubtful names."""
