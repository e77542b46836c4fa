// Ozone: the calls of tools.ozone.
