using Microsoft.Data.Sqlite;

namespace Daybreak.Cloud.S3.Storage;

/// <summary>A statement of SQL that is prepared once, with parameters $a, $b, …</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string text)
    {
        _command = connection.CreateCommand();
        _command.CommandText = text;
        for (var name = 'a'; text.Contains($"${name}", StringComparison.Ordinal); name++)
            _command.Parameters.Add(new SqliteParameter { ParameterName = $"${name}" });
    }

    public int Run(params ReadOnlySpan<object?> values)
    {
        Fill(values);
        return _command.ExecuteNonQuery();
    }

    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        Fill(values);
        return _command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public SqliteDataReader Rows(params ReadOnlySpan<object?> values)
    {
        Fill(values);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Fill(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
