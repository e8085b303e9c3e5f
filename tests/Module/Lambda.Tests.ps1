BeforeAll { Import-Module $PSScriptRoot/../../module/DLExperiments }

Describe 'A Lambda layer' {
    It 'computes what its script block says' {
        $model = New-Network 3 | Add-Layer Lambda { param($x) $x.relu() * 2 + 0.5 } | New-Model
        (, (-1, 0, 2) | Invoke-Model $model).Values | Should -Be @(0.5, 0.5, 4.5)
    }
    It 'finds its shape by a trial, or is told' {
        "$((New-Network 2, 6 | Add-Layer Lambda { param($x) $x.flatten(1) }).OutputShape)" | Should -Be '[12]'
        "$((New-Network 2, 6 | Add-Layer Lambda { param($x) throw 'not yet' } -OutputShape 12).OutputShape)" | Should -Be '[12]'
    }
    It 'multiplies matrices, with a batch in front' {
        "$((New-Network 3, 4 | Add-Layer Lambda { param($x) $x.matmul($x.transpose(1, 2)) }).OutputShape)" | Should -Be '[3,3]'
        "$((New-Network 4 | Add-Layer Lambda { param($x) $x.cummin(-1).Item1 }).OutputShape)" | Should -Be '[4]'
    }
    It 'takes several inputs, and libtorch''s functions' {
        $network = New-Network -Input ([ordered]@{ a = 2; b = 3 }) | Add-Layer Lambda { param($a, $b) [torch]::cat(@($a, $b), 1) } -From a, b
        "$($network.OutputShape)" | Should -Be '[5]'
        $model = New-Network 1 | Add-Layer Lambda { param($x) [torch.nn.functional]::softplus($x) } | New-Model
        (, @(, 0) | Invoke-Model $model).Prediction | Should -BeGreaterThan 0.693
    }
    It 'is trained through: the same curve as the layer it imitates' {
        $data = New-Dataset Blobs -Count 120 -Seed 1
        $run = { param($layer) (New-Network 2 | Add-Layer Linear 8 | & $layer | Add-Layer Linear 3 | Invoke-Training $data -Epochs 3 -Seed 1).FinalTrainingLoss }
        $own = & $run { $input | Add-Layer Lambda { param($x) $x * $x.sigmoid() } }
        $built = & $run { $input | Add-Layer SiLU }
        # The same formula rounded twice instead of once, in 32 bits.
        [math]::Abs($own - $built) | Should -BeLessThan 1e-5
    }
    It 'reads variables when it computes, or keeps them in a closure' {
        $factor = 2
        $live = New-Network 1 | Add-Layer Lambda { param($x) $x * $factor } | New-Model
        $kept = New-Network 1 | Add-Layer Lambda { param($x) $x * $factor }.GetNewClosure() | New-Model
        $factor = 5
        (, @(, 3) | Invoke-Model $live).Prediction | Should -Be 15
        (, @(, 3) | Invoke-Model $kept).Prediction | Should -Be 6
    }
    It 'works in a block' {
        $network = New-Network 4 | Add-Layer Residual { Add-Layer Linear 4 | Add-Layer Lambda { param($x) $x.tanh() } }
        $network.Layers.Name | Should -Be @('residual_1.linear_1', 'residual_1.lambda_1', 'residual_1.add_1')
    }
}

Describe 'Lambda layers in files' {
    BeforeAll {
        $network = New-Network 2 | Add-Layer Lambda { param($x) $x * 3 } -Name triple
        $network | Export-Network "$TestDrive/lambda.json"
        $network | New-Model | Export-Model "$TestDrive/lambda.safetensors"
    }
    It 'are code: they are read only when that is allowed' {
        $failure = { Import-Network "$TestDrive/lambda.json" -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'ScriptNotAllowed,*'
        "$failure" | Should -BeLike "*'triple'*-AllowScript*"
        $failure = { Import-Model "$TestDrive/lambda.safetensors" } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'ScriptNotAllowed,*'
    }
    It 'compute again after that' {
        $read = Import-Network "$TestDrive/lambda.json" -AllowScript
        (, (1, 2) | Invoke-Model ($read | New-Model)).Values | Should -Be @(3, 6)
        (, (1, 2) | Invoke-Model (Import-Model "$TestDrive/lambda.safetensors" -AllowScript)).Values | Should -Be @(3, 6)
    }
    It 'are refused when the text does not parse' {
        (Get-Content "$TestDrive/lambda.json" -Raw).Replace('$x * 3', '$x * (') | Set-Content "$TestDrive/broken.json"
        { Import-Network "$TestDrive/broken.json" -AllowScript -ErrorAction Stop } | Should -Throw '*does not parse*'
    }
}

Describe 'What Lambda refuses' {
    It '<Why>' -ForEach @(
        @{ Why = 'a method that is none'; Id = 'ShapeMismatch'; Text = "Lambda 'f' fails on a batch of 2 zeros:*'foo'. Its input: 'input' ?4?."; Script = { param($x) $x.foo() } }
        @{ Why = 'a shape that libtorch refuses'; Id = 'ShapeMismatch'; Text = "Lambda 'f' fails*invalid for input of size 8. Its input*"; Script = { param($x) $x.reshape(3, 5) } }
        @{ Why = 'a product of shapes that do not fit'; Id = 'ShapeMismatch'; Text = "Lambda 'f' fails*matmul of ?2,4? and ?3,5?: the last dimension of the first, 4,*one of the second, 3*"; Script = { param($x) $x.matmul([torch]::ones(3, 5)) } }
        @{ Why = 'a product with another type'; Id = 'ShapeMismatch'; Text = '*Float32 and Int64*'; Script = { param($x) $x.matmul([torch]::arange(4)) } }
        @{ Why = 'a maximum along a dimension that is not there'; Id = 'ShapeMismatch'; Text = '*cummax of ?2,4?: there is no dimension 2*'; Script = { param($x) $x.cummax(2).Item1 } }
        @{ Why = 'a static call that would end the process'; Id = 'UnguardedCall'; Text = '*torch*matmul*write the method*'; Script = { param($x) [torch]::matmul($x, $x) } }
        @{ Why = 'a result without the batch'; Id = 'ShapeMismatch'; Text = "Lambda 'f' wants a script that keeps the batch*became ??*"; Script = { param($x) $x.sum() } }
        @{ Why = 'no tensor'; Id = 'ShapeMismatch'; Text = '*gives Int32, not one tensor*'; Script = { 5 } }
        @{ Why = 'text'; Id = 'ScriptNotBound'; Text = '*script block*'; Script = 'param($x) $x' }
    ) {
        $failure = { New-Network 4 | Add-Layer Lambda $Script -Name f } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be "$Id,DLExperiments.Commands.Networks.AddLayerCommand"
        "$failure" | Should -BeLike $Text
    }
    It 'a static call that would end the process in what it calls: <Name>' -ForEach @(
        @{ Name = 'a function'; Found = "'Get-Product'"; Script = { param($x) Get-Product $x ([torch]::ones(3, 5)) } }
        @{ Name = 'a function of a function'; Found = "'Get-Product'"; Script = { param($x) Get-Outer $x } }
        @{ Name = 'an alias'; Found = "'prod'"; Script = { param($x) prod $x $x } }
        @{ Name = 'a script block'; Found = "'?product'"; Script = { param($x) & $product $x $x } }
        @{ Name = 'a method of a script block'; Found = "'?product'"; Script = { param($x) $product.Invoke($x, $x) } }
    ) {
        function Get-Product($a, $b) { [torch]::matmul($a, $b) }
        function Get-Outer($a) { 1 | ForEach-Object { Get-Product $a $a } }
        Set-Alias prod Get-Product
        $product = { param($a, $b) [TorchSharp.torch]::matmul($a, $b) }
        $failure = { New-Network 4 | Add-Layer Lambda $Script } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'UnguardedCall,*'
        "$failure" | Should -BeLike "*matmul*in $Found would end the process*"
    }
    It 'such a call in a function that was written anew after the layer was made' {
        function Get-Late($a) { $a * 2 }
        $model = New-Network 4 | Add-Layer Lambda { param($x) Get-Late $x } | New-Model
        (, (1, 2, 3, 4) | Invoke-Model $model).Values | Should -Be 2, 4, 6, 8
        function Get-Late($a) { [torch]::matmul($a, [torch]::ones(3, 5)) }
        { , (1, 2, 3, 4) | Invoke-Model $model } | Should -Throw '*Get-Late*would end the process*'
    }
    It 'a result that is not of the shape that was promised' {
        $model = New-Network 4 | Add-Layer Lambda { $args[0] } -OutputShape 5 | New-Model
        { , (1, 2, 3, 4) | Invoke-Model $model } | Should -Throw "*'lambda_1' gave a batch of ?1,4?, but its OutputShape is ?5?*"
    }
}
