using Keyless.Cli;

return await CommandLine.RunAsync(args, ToolContext.OfProcess());
