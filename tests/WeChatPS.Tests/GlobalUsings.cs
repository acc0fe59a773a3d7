global using Xunit;

// the sessions that are connected are the process's: tests that count them must not meet
[assembly: CollectionBehavior(DisableTestParallelization = true)]
