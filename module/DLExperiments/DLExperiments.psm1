# Loads the cmdlets into their private load context (DLExperiments.Loader.ModuleLoadContext) and exports them.
# Only the language and Microsoft.PowerShell.Core are used here, so that every host can run it. What can be compiled is in
# DLExperiments.Loader.ModuleImport: each statement here that calls .NET makes the import slower.

try {
    $loader = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/lib/DLExperiments.Loader.dll").GetType('DLExperiments.Loader.ModuleImport')
}
catch [System.IO.FileNotFoundException] {
    $loader = $null
}
catch [System.IO.FileLoadException] {
    # The module of another folder is loaded in this process; there can be only one.
    $loader = 'DLExperiments.Loader.ModuleImport' -as [type]
}
$assembly = if ($loader) { $loader::Load($PSScriptRoot) }
if (-not $assembly) {
    throw [System.Management.Automation.ErrorRecord]::new(
        [System.IO.FileNotFoundException]::new("The module DLExperiments is not built: its assemblies are not in '$PSScriptRoot/lib'. Build it: dotnet build -c Release, in the folder that holds DLExperiments.sln."),
        'ModuleNotBuilt', [System.Management.Automation.ErrorCategory]::NotInstalled, $PSScriptRoot)
}
if ($loader::IsElsewhere($PSScriptRoot)) {
    Write-Warning "DLExperiments is loaded in this process from '$($loader.Assembly.Location)', and that one stays in use. Start a new session to use the module of '$PSScriptRoot'."
}
$loader::Finish($ExecutionContext, (Import-Module -Assembly $assembly -PassThru -Force), { $loader::Unregister() })
