// The event streams of the network: repositories, labels and Jetstream.
