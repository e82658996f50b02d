using System.CommandLine;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Tests.LocalAws;

[Collection(nameof(EndpointVariable))]
public sealed class EndpointOptionTests
{
    [Theory]
    [InlineData(null, "", 4566)]
    [InlineData("http://127.0.0.1:4570", "", 4570)]
    [InlineData("http://localhost:4571/", "", 4571)]
    [InlineData("http://127.0.0.1:4570", "--port 4580", 4580)]
    [InlineData("https://lambda.us-east-1.amazonaws.com", "--port 4580", 4580)]
    public void Port_is_that_of_the_option_then_of_the_variable_then_the_usual_one(string? variable, string line, int port)
    {
        EndpointVariable.Set(variable);
        var option = EndpointOption.OrVariable();
        var parsed = new RootCommand { option }.Parse(line);
        Assert.Empty(parsed.Errors);
        Assert.Equal(port, parsed.GetValue(option));
    }

    [Theory]
    [InlineData("https://127.0.0.1:4566")]
    [InlineData("http://10.0.0.1:4566")]
    [InlineData("nowhere")]
    public void A_variable_that_names_no_local_AWS_is_refused_unless_the_option_says_where(string variable)
    {
        EndpointVariable.Set(variable);
        var error = Assert.Single(
            new RootCommand { EndpointOption.OrVariable() }
                .Parse("")
                .Errors
        );
        Assert.Equal($"AWS_ENDPOINT_URL is {variable}, which is not a local AWS on this machine. Use --port, or unset it.", error.Message);
    }

    [Theory]
    [InlineData(4566, "")]
    [InlineData(4570, " --port 4570")]
    public void Commands_to_copy_name_the_port_unless_it_is_the_usual_one(int port, string typed) =>
        Assert.Equal(typed, EndpointOption.Typed(port));
}
