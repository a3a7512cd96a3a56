using System.Text;
using Keyless.Sources;
using Keyless.Testing;

namespace Keyless.Tests.Sources;

/// <summary>Who answers on the agent's port chooses which file is read and sent back; these are the ways to abuse that.</summary>
public sealed class AzureArcKeyFileTests : IDisposable
{
    private const int MaxBytes = 4096;

    private readonly TemporaryDirectory _directory = new();

    private string Tokens => _directory["tokens"];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("text", "text")]
    [InlineData("a+b/c==", "a+b/c==")]
    [InlineData(" kept blanks ", " kept blanks ")]
    [InlineData("text\n", "text")]
    [InlineData("text\r\n", "text")]
    [InlineData("text\n\n", "text")]
    [InlineData("\uFEFFtext", "text")]
    [InlineData("\uFEFFtext\r\n", "text")]
    public void The_text_is_the_key_as_it_is(string content, string expected)
    {
        var path = Write("9f2d.key", content);

        Assert.Equal(expected, AzureArcKeyFile.Read(path, Tokens).Reveal());
    }

    [Fact]
    public void The_directory_may_be_given_with_a_final_separator() =>
        Assert.Equal("text", AzureArcKeyFile.Read(Write("9f2d.key", "text"), Tokens + Path.DirectorySeparatorChar).Reveal());

    [Theory]
    [InlineData("a=b==.key")]
    [InlineData("with blank.key")]
    [InlineData("ümlaut.key")]
    [InlineData("two.dots.key")]
    public void Any_name_in_the_directory_will_do(string name) =>
        Assert.Equal("text", AzureArcKeyFile.Read(Write(name, "text"), Tokens).Reveal());

    [Fact]
    public void A_file_of_the_greatest_size_is_read() =>
        Assert.Equal(MaxBytes, AzureArcKeyFile.Read(Write("9f2d.key", new string('k', MaxBytes)), Tokens).Reveal().Length);

    [Theory]
    [InlineData(MaxBytes + 1)]
    [InlineData(10 * MaxBytes)]
    public void A_larger_file_is_refused(int length) =>
        AssertRefused(Write("9f2d.key", new string('k', length)), "larger than 4096 bytes");

    [Fact]
    public void A_file_that_is_large_by_its_final_newline_alone_is_refused_too() =>
        AssertRefused(Write("9f2d.key", new string('k', MaxBytes) + "\n"), "larger than 4096 bytes");

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFF\n")]
    public void An_empty_file_is_refused(string content) => AssertRefused(Write("9f2d.key", content), "empty");

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("two\r\nlines\r\n")]
    [InlineData("\ntext")]
    [InlineData("nul\0")]
    [InlineData("tab\there")]
    [InlineData("schlüssel")]
    [InlineData("del\u007f")]
    public void A_key_that_no_header_can_carry_is_refused(string content)
    {
        var failure = AssertRefused(Write("9f2d.key", content), "no HTTP header can carry");

        Assert.DoesNotContain("lines", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void UTF_16_is_refused()
    {
        var path = _directory.Write("tokens/9f2d.key", Encoding.Unicode.GetBytes("text"));

        AssertRefused(path, "no HTTP header can carry");
    }

    [Theory]
    [InlineData("../outside.key")]
    [InlineData("sub/inside.key")]
    [InlineData("../tokens2/inside.key")]
    public void A_file_in_another_directory_is_refused(string name)
    {
        var path = Path.GetFullPath(Write(name, "text"));

        AssertRefused(path, "not in the agent's directory");
    }

    [Theory]
    [InlineData("{0}/../tokens/9f2d.key")]
    [InlineData("{0}/../outside.key")]
    [InlineData("{0}/./9f2d.key")]
    [InlineData("{0}//9f2d.key")]
    [InlineData("/{0}/9f2d.key")]
    [InlineData("tokens/9f2d.key")]
    [InlineData("9f2d.key")]
    [InlineData("./9f2d.key")]
    [InlineData("../../../../../../etc/shadow.key")]
    [InlineData("~/9f2d.key")]
    [InlineData("file://{0}/9f2d.key")]
    public void A_path_that_is_not_plain_is_refused(string form)
    {
        Write("9f2d.key", "text");
        Write("../outside.key", "text");

        AssertRefused(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, Tokens), "not absolute and plain");
    }

    [Theory]
    [InlineData("9f2d.key\0")]
    [InlineData("9f2d.txt\0.key")]
    [InlineData("9f2d\n.key")]
    [InlineData("9f2d\u001b[2J.key")]
    [InlineData("9f2d\u007f.key")]
    public void Control_characters_in_a_path_are_refused_and_not_repeated(string name)
    {
        var failure = AssertRefused(Path.Combine(Tokens, name), "control characters");

        Assert.DoesNotContain(failure.ToString(), char.IsControl);
    }

    [Theory]
    [InlineData("9f2d.txt")]
    [InlineData("9f2d")]
    [InlineData("9f2d.key.txt")]
    [InlineData("9f2d.keys")]
    [InlineData("9f2dkey")]
    [InlineData(".key")]
    public void A_file_with_another_ending_is_refused(string name) => AssertRefused(Write(name, "text"), "does not end in .key");

    [Fact]
    public void The_ending_is_compared_to_the_letter_where_file_names_are()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File names on Windows ignore case.");

        AssertRefused(Write("9f2d.KEY", "text"), "does not end in .key");
    }

    [Fact]
    public void The_directory_itself_is_no_file() => AssertRefused(Tokens, "not in the agent's directory");

    [Fact]
    public void A_directory_in_place_of_the_file_can_not_be_read()
    {
        var path = Path.Combine(Tokens, "9f2d.key");
        Directory.CreateDirectory(path);

        Assert.Equal(FailureKind.ArcKeyUnreadable, Samples.FailureOf(() => AzureArcKeyFile.Read(path, Tokens)).Kind);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Directory.CreateDirectory(Tokens);
        var path = Path.Combine(Tokens, "9f2d.key");

        var failure = Samples.FailureOf(() => AzureArcKeyFile.Read(path, Tokens));

        Assert.Equal((FailureKind.ArcKeyUnreadable, "managed_identity_request_failed"), (failure.Kind, failure.ErrorCode));
        Assert.Equal(SourceKind.AzureArc, failure.Source);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.IsType<FileNotFoundException>(failure.Cause);
    }

    [Fact]
    public void A_missing_directory_is_a_missing_file()
    {
        var failure = Samples.FailureOf(() => AzureArcKeyFile.Read(Path.Combine(Tokens, "9f2d.key"), Tokens));

        Assert.Equal(FailureKind.ArcKeyUnreadable, failure.Kind);
        Assert.IsType<DirectoryNotFoundException>(failure.Cause);
    }

    [Fact]
    public void A_file_that_this_account_may_not_read_names_the_group_that_may()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("The administrator's rights over files can be laid down on Linux only.");
            return;
        }

        var path = Write("9f2d.key", "text");
        File.SetUnixFileMode(path, UnixFileMode.None);

        var failure = OrdinaryUser.Run(() => Samples.FailureOf(() => AzureArcKeyFile.Read(path, Tokens)));

        Assert.Equal(FailureKind.ArcKeyUnreadable, failure.Kind);
        Assert.Contains("may not read", failure.Message, StringComparison.Ordinal);
        Assert.Contains("himds", failure.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_agents_directory_nothing_is_read()
    {
        var failure = Samples.FailureOf(() => AzureArcKeyFile.Read(Write("9f2d.key", "text"), keyDirectory: null));

        Assert.Equal(FailureKind.ArcChallengeRefused, failure.Kind);
        Assert.Contains("no agent on this operating system", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_source_reads_the_key_that_its_challenge_names()
    {
        var path = Write("9f2d.key", "text");
        var machine = new FakeMachine { HasAgentFile = true, KeyDirectory = Tokens };

        Assert.Equal("text", new AzureArcSource().ReadKey([$"Basic realm={path}"], Samples.Connect(machine)).Reveal());
    }

    private string Write(string name, string content) => _directory.Write($"tokens/{name}", Encoding.UTF8.GetBytes(content));

    private TokenFailure AssertRefused(string path, string reason)
    {
        var failure = Samples.FailureOf(() => AzureArcKeyFile.Read(path, Tokens));

        Assert.Equal((FailureKind.ArcChallengeRefused, "managed_identity_request_failed"), (failure.Kind, failure.ErrorCode));
        Assert.Equal(SourceKind.AzureArc, failure.Source);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        return failure;
    }
}
