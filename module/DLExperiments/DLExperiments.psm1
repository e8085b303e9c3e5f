# Loads the cmdlets into their private load context (DLExperiments.Loader.ModuleLoadContext) and exports them.
# Only the language and Microsoft.PowerShell.Core are used here, so that every host can run it, and quickly.

$lib = [System.IO.Path]::Combine($PSScriptRoot, 'lib')
foreach ($file in 'DLExperiments.Loader.dll', 'DLExperiments.dll') {
    if (-not [System.IO.File]::Exists([System.IO.Path]::Combine($lib, $file))) {
        throw [System.Management.Automation.ErrorRecord]::new(
            [System.IO.FileNotFoundException]::new("The module DLExperiments is not built: '$file' is not in '$lib'. Build it: dotnet build -c Release, in the folder that holds DLExperiments.sln."),
            'ModuleNotBuilt', [System.Management.Automation.ErrorCategory]::NotInstalled, $lib)
    }
}

$loader = 'DLExperiments.Loader.ModuleLoadContext' -as [type]
$loaded = $null -ne $loader
if (-not $loaded) {
    $loader = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($lib, 'DLExperiments.Loader.dll')).GetType('DLExperiments.Loader.ModuleLoadContext')
}
elseif ([System.IO.Path]::GetDirectoryName($loader.Assembly.Location) -ne $lib) {
    Write-Warning "DLExperiments is loaded in this process from '$($loader.Assembly.Location)', and that one stays in use. Start a new session to use the module of '$PSScriptRoot'."
}

$assembly = $loader::LoadModule()
$inner = Import-Module -Assembly $assembly -PassThru -Force:$loaded

# An assembly that is imported for the second time exports nothing from the module around it: the engine takes
# its cmdlets for those of the first import. They are added by hand (PowerShell issue 20710).
$addExportedCmdlet = [psmoduleinfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
foreach ($cmdlet in $inner.ExportedCmdlets.Values) {
    $null = $addExportedCmdlet.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
}

$types = $assembly.GetType('DLExperiments.Types.ScriptTypes')
$types::Register()
$ExecutionContext.SessionState.Module.OnRemove = { $types::Unregister() }.GetNewClosure()
