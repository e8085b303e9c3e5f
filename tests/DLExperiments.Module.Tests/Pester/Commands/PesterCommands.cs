using System.Management.Automation.Runspaces;

namespace DLExperiments.Module.Tests.Pester.Commands;

/// <summary>The commands that a test file sees. An engine command needs a verb and a noun, so the plain words are aliases.</summary>
internal static class PesterCommands
{
    private static readonly (string Name, Type Type, string[] Words)[] Entries =
    [
        ("Add-PesterBlock", typeof(BlockCommand), ["Describe", "Context"]),
        ("Add-PesterTest", typeof(ItCommand), ["It"]),
        ("Add-PesterBeforeAll", typeof(BeforeAllCommand), ["BeforeAll"]),
        ("Add-PesterAfterAll", typeof(AfterAllCommand), ["AfterAll"]),
        ("Add-PesterBeforeEach", typeof(BeforeEachCommand), ["BeforeEach"]),
        ("Add-PesterAfterEach", typeof(AfterEachCommand), ["AfterEach"]),
        ("Add-PesterBeforeDiscovery", typeof(BeforeDiscoveryCommand), ["BeforeDiscovery"]),
        ("Invoke-PesterInModuleScope", typeof(InModuleScopeCommand), ["InModuleScope"]),
        ("Set-ItResult", typeof(SetItResultCommand), []),
        ("Assert-PesterShould", typeof(Should.ShouldCommand), ["Should"]),
    ];

    public static void AddTo(InitialSessionState state)
    {
        foreach (var (name, type, words) in Entries)
        {
            state.Commands.Add(new SessionStateCmdletEntry(name, type, null));
            foreach (var word in words) state.Commands.Add(new SessionStateAliasEntry(word, name));
        }
    }
}
