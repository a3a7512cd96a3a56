using System.Net;
using System.Reflection;
using Keyless.Emulator.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Keyless.Emulator.Tests.Hosting;

public sealed class GuestLifetimeTests
{
    [Fact]
    public async Task ctrl_c_is_left_to_the_program_that_the_emulator_is_a_guest_of()
    {
        var nobody = new RequestPipeline(responder: null!, faults: null!, recorder: null!, clock: null!);
        await using var listener = await Listener.StartAsync(
            IPAddress.Loopback, port: 0, "port", certificate: null, nobody, TestContext.Current.CancellationToken);
        var server = (WebApplication)typeof(Listener).GetField("_server", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(listener)!;

        // The framework's own lifetime takes the signal for itself, and the program would run on.
        Assert.IsType<GuestLifetime>(server.Services.GetRequiredService<IHostLifetime>());
    }
}
