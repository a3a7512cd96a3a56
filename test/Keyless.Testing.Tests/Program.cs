using Keyless.Testing.Tests;
using Keyless.Testing.Tests.Isolation;
using Xunit.MicrosoftTestingPlatform;

// The guard's own tests start this assembly once more, as a process that may die.
return args is [GuardProbe.Command, .. var probe]
    ? await GuardProbe.RunAsync(probe)
    : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
