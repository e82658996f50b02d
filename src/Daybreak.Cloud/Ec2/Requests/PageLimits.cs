namespace Daybreak.Cloud.Ec2.Requests;

/// <summary>The minimum and maximum of MaxResults in an operation, from the API's model.</summary>
internal readonly record struct PageLimits(int Least, int Most)
{
    /// <summary>The limits of most operations.</summary>
    public static readonly PageLimits Usual = new(5, 1000);

    public static readonly PageLimits OfGateways = new(5, 255);

    public static readonly PageLimits OfPrefixLists = new(1, 100);

    /// <exception cref="Aws.AwsException">InvalidParameterValue</exception>
    public void Check(int? maxResults)
    {
        if (maxResults < Least)
            throw Ec2Errors.InvalidValue(
                $"Value ( {maxResults} ) for parameter maxResults is invalid. Expecting a value greater than {Least}."
            );
        if (maxResults > Most)
            throw Ec2Errors.InvalidValue(
                $"Value ( {maxResults} ) for parameter maxResults is invalid. Expecting a value less than {Most}."
            );
    }
}
