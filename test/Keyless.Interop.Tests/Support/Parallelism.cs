// The tests wait for other processes, and these for their own pauses between attempts, far more than they compute.
[assembly: CollectionBehavior(MaxParallelThreads = 16)]
