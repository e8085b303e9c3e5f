# What the course's examples share. Each dot-sources this file: the module, data that is real where it is at hand, and tables.
$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../../module/DLExperiments

# Digits: the MNIST files in the folder mnist below -Data where they are (LeCun, Cortes, Burges), else generated ones of the same shape.
function Get-CourseDigit([string] $Data, [int] $Count, [switch] $Flatten) {
    $folder = if ($Data) { Join-Path $Data mnist }
    $digits = if ($folder -and (Test-Path $folder)) { Import-Dataset $folder/t10k-images-idx3-ubyte.gz } else { New-Dataset Digits -Count $Count -Seed 1 }
    if ($digits.Count -gt $Count) { $digits = ($digits | Split-Dataset -Count $Count -Stratify -Seed 1).Train }
    if ($Flatten) { $digits | Add-Transform Flatten } else { $digits }
}

# The end of every example: writes its rows to a CSV file, and a report with what the script says of itself, the rows and all pictures in the folder of
# results; passes the rows on. In tables their numbers have four digits: PowerShell's own two decimals would make 0.00 of a learning rate. The
# objects and the file keep all digits.
function Save-CourseTable([string] $Output, [string] $Name) {
    $rows = @($input)
    $null = New-Item -ItemType Directory -Path $Output -Force
    $rows | Export-Csv (Join-Path $Output "$Name.csv")
    $type = "Course.$Name"
    $table = [Management.Automation.TableControl]::Create($false, $true)
    foreach ($property in $rows[0].psobject.Properties) {
        $side = if (@($rows.($property.Name)).Where({ $_ -is [ValueType] -and $_ -isnot [bool] })) { 'Right' } else { 'Left' }
        $null = $table.AddHeader($side)
    }
    $cells = $table.StartRowDefinition()
    foreach ($property in $rows[0].psobject.Properties) {
        $format = if (@($rows.($property.Name)).Where({ $_ -is [double] -or $_ -is [float] })) { '{0:g4}' }
        $null = $cells.AddPropertyColumn($property.Name, 'Undefined', $format)
    }
    $view = [Management.Automation.FormatViewDefinition]::new($type, $cells.EndRowDefinition().EndTable())
    $views = [Collections.Generic.List[Management.Automation.FormatViewDefinition]]::new()
    $views.Add($view)
    [runspace]::DefaultRunspace.InitialSessionState.Formats.Add([Management.Automation.Runspaces.SessionStateFormatEntry]::new([Management.Automation.ExtendedTypeDefinition]::new($type, $views)))
    Update-FormatData

    $script = @(Get-PSCallStack | Where-Object ScriptName -Match '-\d\d-[^\\/]*\.ps1$')[0].ScriptName
    $help = Get-Help $script
    $text = @{ Introduction = ($help.description.Text -join ' ') -replace '\s+', ' ' }
    $rows + @(Get-ChildItem $Output -Filter *.svg | Sort-Object Name) |
        Export-Report (Join-Path $Output report.html) -Title ($help.Synopsis -replace '\s+', ' ') -Text $text -Command "./$([IO.Path]::GetFileName($script))" -Force | Out-Null
    $rows | ForEach-Object { $_.psobject.TypeNames.Insert(0, $type); $_ }
}

# Pictures in ten classes, in a training and a test piece of a quarter as many: CIFAR-10 as files in images/cifar10/{train,test}/<class> below -Data where they
# are, else generated digits. With a count of all training pictures there are, the pieces are those of the folders.
function Get-CoursePicture([string] $Data, [int] $Count) {
    $folder = if ($Data) { Join-Path $Data images/cifar10 }
    $pictures = if ($folder -and (Test-Path $folder)) { Import-Dataset $folder } else { New-Dataset Digits -Count ($Count + [int]($Count / 4)) -Seed 1 }
    if ($pictures.Train -and $Count -ge $pictures.Train.Count) { return $pictures }
    $pictures | Split-Dataset -Count $Count, ([int]($Count / 4)) -Stratify -Seed 1
}
