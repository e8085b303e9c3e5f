<#
.SYNOPSIS
    Data from files: named sets, sounds, texts with word vectors, a scaled time series, and what happens to bad files.
.DESCRIPTION
    Writes small files of its own, so that nothing is fetched, unless -Name asks for one of the sets that Get-Dataset lists. Some ten seconds.
    What to see: rising and falling tones are told apart by their mel bands; a network that was trained on text takes raw
    sentences, also after saving and loading; a series is scaled for training and predicted in its own units, with an error
    well below that of 'as the month before'; one bad file among several is named and the others are read.
.PARAMETER Name
    A set to load with Get-Dataset, fetched when it is not in the cache: Iris, MNIST, ...
.PARAMETER Output
    Folder for the files.
.PARAMETER Quick
    Fewer sounds and epochs.
.EXAMPLE
    ./08-data-files.ps1 -Name MNIST
#>
param(
    [string] $Name,
    [string] $Output = (Join-Path $PSScriptRoot 'output/08-data-files'),
    [switch] $Quick
)

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../module/DLExperiments
$null = New-Item -ItemType Directory -Path $Output -Force

# 1. What there is, and where it would be kept.
Get-Dataset | Format-Table Name, Rows, @{ Name = 'MB'; Expression = { $_.DownloadBytes / 1e6 }; FormatString = '0.0' }, IsCached, Task | Out-Host
if ($Name) { Get-Dataset $Name | Out-Host }

# 2. Sounds: a folder for each piece and class, an eighth of a second each. Tones that rise and tones that fall have the same
#    frequencies; only their order over time differs.
$random = [Random]::new(1)
function Write-Tone([string] $Path, [double] $From, [double] $To) {
    $samples = 1000
    $bytes = [byte[]]::new(44 + 2 * $samples)
    # RIFF, fmt (PCM, one channel, 8,000 a second, 16 bits), data: numbers are little-endian.
    [Text.Encoding]::ASCII.GetBytes('RIFF').CopyTo($bytes, 0)
    [BitConverter]::GetBytes([int](36 + 2 * $samples)).CopyTo($bytes, 4)
    [Text.Encoding]::ASCII.GetBytes('WAVEfmt ').CopyTo($bytes, 8)
    $at = 16
    foreach ($word in 16, (1 + (1 -shl 16)), 8000, 16000, (2 + (16 -shl 16))) { [BitConverter]::GetBytes([int]$word).CopyTo($bytes, $at); $at += 4 }
    [Text.Encoding]::ASCII.GetBytes('data').CopyTo($bytes, 36)
    [BitConverter]::GetBytes([int](2 * $samples)).CopyTo($bytes, 40)
    $phase = $random.NextDouble() * 6
    for ($i = 0; $i -lt $samples; $i++) {
        $phase += 6.283185 * ($From + ($To - $From) * $i / $samples) / 8000
        [BitConverter]::GetBytes([short](9000 * [math]::Sin($phase) + 3000 * ($random.NextDouble() - .5))).CopyTo($bytes, 44 + 2 * $i)
    }
    [IO.File]::WriteAllBytes($Path, $bytes)
}
$sounds = Join-Path $Output 'sounds'
if (Test-Path $sounds) { Remove-Item $sounds -Recurse }
foreach ($piece in @{ Name = 'train'; Count = ($Quick ? 20 : 40) }, @{ Name = 'test'; Count = 10 }) {
    foreach ($kind in 'falling', 'rising') {
        $folder = (New-Item -ItemType Directory -Path "$sounds/$($piece.Name)/$kind" -Force).FullName
        foreach ($i in 1..$piece.Count) {
            $low = 300 + 700 * $random.NextDouble()
            $ends = if ($kind -eq 'rising') { $low, (2.5 * $low) } else { (2.5 * $low), $low }
            Write-Tone (Join-Path $folder "$i.wav") @ends
        }
    }
}
$tones = Import-Dataset $sounds -Representation Mel -WindowSize 128 -Hop 64 -MelBands 24 -Decibels | Add-Transform Standardize -PerChannel
$tones | Out-Host
$run = New-Network $tones.InputShape |
    Add-Layer Conv2d 8 3 -Activation ReLU | Add-Layer MaxPool2d 2 | Add-Layer Conv2d 8 3 -Activation ReLU | Add-Layer Flatten | Add-Layer Linear 2 |
    Invoke-Training -Dataset $tones -Epochs ($Quick ? 8 : 15) -BatchSize 10 -Optimizer Adam -LearningRate 5e-3 -Seed 1
$heard = ($run | Measure-Model -Dataset $tones.Test).Accuracy
"Rising and falling tones told apart: $([math]::Round(100 * $heard, 1)) %"

# 3. Texts: a file each, a folder for each class; vectors for their words; raw sentences to the trained network.
$reviews = Join-Path $Output 'reviews'
if (Test-Path $reviews) { Remove-Item $reviews -Recurse }
$words = @{ pos = 'good', 'great', 'lovely', 'fine'; neg = 'bad', 'awful', 'dull', 'poor' }
foreach ($kind in $words.Keys) {
    $null = New-Item -ItemType Directory -Path "$reviews/$kind" -Force
    foreach ($i in 0..19) {
        $word = $words[$kind][$i % 4]
        $text = ("a $word film", "the film is $word", "what a $word story it is", "the actors are $word and so is the end", "$word, very $word")[$i % 5]
        Set-Content "$reviews/$kind/$i.txt" $text
    }
}
# Vectors as a larger text would give them: what praises points one way, what blames the other; 'superb' is in none of the reviews.
$glove = Join-Path $Output 'vectors.txt'
$(foreach ($word in $words.pos + 'superb') { "$word 1 0.$($random.Next(10)) 0" }
    foreach ($word in $words.neg) { "$word -1 0.$($random.Next(10)) 0" }
    foreach ($word in 'a', 'the', 'film', 'is', 'story') { "$word 0 0.$($random.Next(10)) 1" }) | Set-Content $glove

$texts = Import-Dataset $reviews -SequenceLength 8 -Lowercase
$vectors = Import-WordVector $glove $texts.Features[0].Vocabulary -Unknown Zero
$vectors | Out-Host
$start = New-Network 8 | Add-Layer Embedding $vectors.Count $vectors.Width | Add-Layer Flatten | Add-Layer Linear 2 |
    Set-Layer embedding_1 -Frozen | New-Model -Dataset $texts -Seed 1 | Set-Weight embedding_1.weight $vectors.Values -PassThru
$run = $start | Invoke-Training -Dataset $texts -Epochs 60 -BatchSize 8 -Optimizer Adam -LearningRate 2e-2 -Seed 1
$file = Join-Path $Output 'reviews.safetensors'
$run | Export-Model $file -Force
'A great film', 'the story is DULL', 'the film is awful, very bad' | Invoke-Model (Import-Model $file) | Format-Table InputObject, Prediction, Probability | Out-Host

# 4. A series: ten years of months with a trend and seasons, in its own units, scaled by what the first seven years show.
$series = Join-Path $Output 'sales.csv'
0..119 | ForEach-Object {
    [pscustomobject]@{ Month = $_; Sold = [math]::Round((200 + 3 * $_) * (1 + .25 * [math]::Sin(6.283185 * $_ / 12)) + 10 * $random.NextDouble(), 1) }
} | Export-Csv $series
$sales = Import-Dataset $series -Window 12 -Column Sold -TrainRatio .7 -Scale MinMax
$run = New-Network 12, 1 | Add-Layer Flatten | Add-Layer Linear 16 -Activation Tanh | Add-Layer Linear 1 |
    Invoke-Training -Dataset $sales -Epochs ($Quick ? 150 : 400) -BatchSize 16 -Optimizer Adam -LearningRate 5e-3 -Seed 1
$predictions = $sales.Test | Invoke-Model $run
$predictions | Select-Object -Last 3 | Format-Table Row, Prediction, Actual | Out-Host
$measure = $run | Measure-Model -Dataset $sales.Test
# The naive guess: the month before.
$sold = (Import-Csv $series).Sold | ForEach-Object { [double]$_ }
$naive = (($sold.Count - $predictions.Count)..($sold.Count - 1) | ForEach-Object { [math]::Abs($sold[$_] - $sold[$_ - 1]) } | Measure-Object -Average).Average
"Mean absolute error: $([math]::Round($measure.MAE, 1)) units; of 'as the month before': $([math]::Round($naive, 1))"

# 5. Bad files: named, and the others are read.
$tables = Join-Path $Output 'tables'
$null = New-Item -ItemType Directory -Path $tables -Force
Set-Content "$tables/1.csv" 'x,y', '1,2', '3,4'
Set-Content "$tables/2.csv" 'x,y', '1,2', '3,4,5'
Set-Content "$tables/3.csv" 'x,y', '5,6', '7,8'
$read = Import-Dataset "$tables/*.csv" -Target y -ErrorAction SilentlyContinue -ErrorVariable failed
"Read $($read.Name -join ' and '); refused: $failed"
