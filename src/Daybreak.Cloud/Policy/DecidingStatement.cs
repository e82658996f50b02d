namespace Daybreak.Cloud.Policy;

/// <summary>A statement that matched a request.</summary>
/// <param name="Index">Its position in the document, from 0.</param>
public readonly record struct DecidingStatement(AttachedPolicy Policy, int Index)
{
    public Statement Statement => Policy.Document.Statements[Index];
}
