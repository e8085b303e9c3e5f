@{
    RootModule           = 'DLExperiments.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = 'cb205208-810d-4afe-8175-97d402c7114e'
    Author               = 'DLExperiments contributors'
    CompanyName          = 'DLExperiments contributors'
    Copyright            = '(c) DLExperiments contributors. MIT licence.'
    Description          = 'Deep-learning experiments as PowerShell pipelines: define a network, train it, measure it, sweep it, schedule it and report it, with plain objects and CSV files all the way. Built on TorchSharp (libtorch).'
    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.4'
    TypesToProcess       = @(
        'types/Tensors.types.ps1xml'
    )
    FormatsToProcess     = @(
        'formats/Architectures.format.ps1xml'
        'formats/Automation.format.ps1xml'
        'formats/Catalogues.format.ps1xml'
        'formats/Data.format.ps1xml'
        'formats/Devices.format.ps1xml'
        'formats/Evaluation.format.ps1xml'
        'formats/Metrics.format.ps1xml'
        'formats/Networks.format.ps1xml'
        'formats/Sweeps.format.ps1xml'
        'formats/Training.format.ps1xml'
    )
    CmdletsToExport      = @(
        'Add-Layer'
        'Add-Transform'
        'Compare-Experiment'
        'ConvertFrom-Dataset'
        'ConvertTo-Dataset'
        'Export-LearningCurve'
        'Export-Model'
        'Export-Network'
        'Export-Plot'
        'Find-LearningRate'
        'Get-Architecture'
        'Get-ComputeDevice'
        'Get-Dataset'
        'Get-Experiment'
        'Get-FormatType'
        'Get-GeneratorType'
        'Get-LayerType'
        'Get-LossType'
        'Get-NetworkSummary'
        'Get-ObjectiveType'
        'Get-OptimizerType'
        'Get-RegulariserType'
        'Get-ScheduleType'
        'Get-TransformType'
        'Get-Trial'
        'Get-Weight'
        'Import-Dataset'
        'Import-LearningCurve'
        'Import-Model'
        'Import-Network'
        'Import-WordVector'
        'Invoke-Experiment'
        'Invoke-Model'
        'Invoke-Sweep'
        'Invoke-Training'
        'Invoke-Trial'
        'Measure-Model'
        'Measure-Prediction'
        'New-Dataset'
        'New-Model'
        'New-Network'
        'Register-Experiment'
        'Remove-Layer'
        'Remove-Trial'
        'Resume-Sweep'
        'Resume-Training'
        'Set-Layer'
        'Set-Weight'
        'Show-Dataset'
        'Show-Plot'
        'Split-Dataset'
        'Unregister-Experiment'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Prerelease = 'preview'
            Tags       = @('DeepLearning', 'MachineLearning', 'NeuralNetwork', 'Training', 'Torch', 'TorchSharp', 'Experiment', 'Sweep', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
        }
    }
}
