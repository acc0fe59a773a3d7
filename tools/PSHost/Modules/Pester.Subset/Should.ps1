# Should and its operators.

# These look at everything that came by the pipeline at once; the others at one thing after the other.
$script:collectionOperators = 'Be', 'BeExactly', 'BeNullOrEmpty', 'Contain', 'HaveCount'

function Should {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(ValueFromPipeline)] [AllowNull()] [AllowEmptyString()] [AllowEmptyCollection()] $ActualValue,
        [Parameter(Position = 0)] [Alias('ExpectedMessage', 'ExpectedType', 'RegularExpression')]
        [AllowNull()] [AllowEmptyString()] [AllowEmptyCollection()] $ExpectedValue,
        [Parameter(Position = 1)] [string] $ErrorId,
        [Parameter(Position = 2)] [type] $ExceptionType,
        [string] $Because,
        [switch] $Not,
        [switch] $PassThru,
        [switch] $Be, [switch] $BeExactly, [switch] $BeOfType, [switch] $BeNullOrEmpty, [switch] $BeTrue, [switch] $BeFalse,
        [switch] $BeIn, [switch] $Contain, [switch] $HaveCount,
        [switch] $Match, [switch] $MatchExactly, [switch] $BeLike, [switch] $BeLikeExactly,
        [switch] $BeGreaterThan, [switch] $BeGreaterOrEqual, [switch] $BeLessThan, [switch] $BeLessOrEqual, [switch] $Exist, [switch] $Throw
    )

    begin {
        $piped = [Collections.Generic.List[object]]::new()
        $common = 'ActualValue', 'ExpectedValue', 'ErrorId', 'ExceptionType', 'Because', 'Not', 'PassThru'
        $operators = @($PSBoundParameters.Keys.Where{ $_ -notin $common -and $_ -notin [Management.Automation.PSCmdlet]::CommonParameters })
        if ($operators.Count -ne 1) { throw [ArgumentException]::new("Should needs one operator; it was given $($operators.Count).") }
        $operator = $operators[0]
    }
    process { $piped.Add($ActualValue) }
    end {
        $isPiped = $MyInvocation.ExpectingInput
        if (-not $isPiped) { $piped.Clear(); $piped.Add($ActualValue) }
        $actuals = [Collections.Generic.List[object]]::new()
        if ($operator -in $script:collectionOperators) { $actuals.Add($(if ($isPiped) { , $piped.ToArray() } else { , $ActualValue })) }
        elseif ($piped.Count -eq 0) { $actuals.Add($null) }
        else { $actuals = $piped }
        foreach ($actual in $actuals) {
            $because = if ($Because) { " because $Because," } else { '' }
            $verdict = if ($operator -eq 'Throw') {
                Test-Throw $actual $ExpectedValue $ErrorId $ExceptionType
            } else {
                & "Test-$operator" $actual $ExpectedValue
            }
            if ($verdict.Succeeded -eq $Not) {
                $negation = if ($Not) { ' not' } else { '' }
                $reason = [Exception]::new("Expected$because$negation $($verdict.Expected), but got $($verdict.Got).")
                $PSCmdlet.ThrowTerminatingError(
                    [Management.Automation.ErrorRecord]::new($reason, 'PesterAssertionFailed', 'InvalidResult', $null))
            }
            if ($PassThru -and $operator -eq 'Throw') { $verdict.Error }
        }
    }
}

function New-Verdict([bool] $Succeeded, [string] $Expected, $Actual, [string] $Got) {
    if (-not $PSBoundParameters.ContainsKey('Got')) { $Got = Format-Value $Actual }
    @{ Succeeded = $Succeeded; Expected = $Expected; Got = $Got }
}

function Test-Be($Actual, $Expected) {
    New-Verdict (Test-Equal $Actual $Expected { $args[0] -eq $args[1] }) (Format-Value $Expected) (Get-Single $Actual)
}

function Test-BeExactly($Actual, $Expected) {
    New-Verdict (Test-Equal $Actual $Expected { $args[0] -ceq $args[1] }) "exactly $(Format-Value $Expected)" (Get-Single $Actual)
}

function Test-BeNullOrEmpty($Actual, $Expected) {
    $single = Get-Single $Actual
    $isEmpty = if ($single -is [Collections.ICollection]) { $single.Count -eq 0 } else { [string]::Empty.Equals($single) -or $null -eq $single }
    New-Verdict $isEmpty '$null or empty' $single
}

function Test-HaveCount($Actual, $Expected) {
    $count = if ($Actual -is [Collections.ICollection]) { $Actual.Count } elseif ($null -eq $Actual) { 0 } else { 1 }
    New-Verdict ($count -eq [int]$Expected) "a collection with size $Expected" -Got "size $count $(Format-Value $Actual)"
}

function Test-Contain($Actual, $Expected) {
    New-Verdict ($Actual -contains $Expected) "$(Format-Value $Expected) to be found in the collection" $Actual
}

function Test-BeIn($Actual, $Expected) { New-Verdict ($Expected -contains $Actual) "one of $(Format-Value $Expected)" $Actual }

function Test-BeTrue($Actual, $Expected) { New-Verdict ([bool]$Actual) '$true' $Actual }

function Test-BeFalse($Actual, $Expected) { New-Verdict (-not $Actual) '$false' $Actual }

function Test-Match($Actual, $Expected) { New-Verdict ($Actual -match $Expected) "a match of $(Format-Value $Expected)" $Actual }

function Test-MatchExactly($Actual, $Expected) {
    New-Verdict ($Actual -cmatch $Expected) "a case-sensitive match of $(Format-Value $Expected)" $Actual
}

function Test-BeLike($Actual, $Expected) { New-Verdict ($Actual -like $Expected) "like $(Format-Value $Expected)" $Actual }

function Test-BeLikeExactly($Actual, $Expected) {
    New-Verdict ($Actual -clike $Expected) "case-sensitively like $(Format-Value $Expected)" $Actual
}

function Test-BeGreaterThan($Actual, $Expected) { New-Verdict ($Actual -gt $Expected) "greater than $(Format-Value $Expected)" $Actual }

function Test-BeGreaterOrEqual($Actual, $Expected) { New-Verdict ($Actual -ge $Expected) "$(Format-Value $Expected) or greater" $Actual }

function Test-BeLessThan($Actual, $Expected) { New-Verdict ($Actual -lt $Expected) "less than $(Format-Value $Expected)" $Actual }

function Test-BeLessOrEqual($Actual, $Expected) { New-Verdict ($Actual -le $Expected) "$(Format-Value $Expected) or less" $Actual }

function Test-Exist($Actual, $Expected) {
    New-Verdict ($script:callerState.InvokeProvider.Item.Exists($Actual)) "the path $(Format-Value $Actual) to exist" -Got 'nothing there'
}

function Test-BeOfType($Actual, $Expected) {
    $type = if ($Expected -is [type]) { $Expected } else { "$Expected".Trim('[', ']') -as [type] }
    if (-not $type) { throw [ArgumentException]::new("There is no type $(Format-Value $Expected).") }
    $got = if ($null -eq $Actual) { '$null' } else { "$(Format-Value $Actual) with type [$($Actual.GetType().FullName)]" }
    New-Verdict ($Actual -is $type) "a value of type [$($type.FullName)]" -Got $got
}

function Test-Throw($Actual, $Message, [string] $ErrorId, [type] $ExceptionType) {
    if ($Actual -isnot [scriptblock]) { throw [ArgumentException]::new('-Throw wants a script block: { ... } | Should -Throw') }
    $thrown = $null
    try { $null = & $Actual } catch { $thrown = $_ }
    $wanted = @(
        if ($ExceptionType) { "of type [$($ExceptionType.FullName)]" }
        if ($Message) { "with message like $(Format-Value $Message)" }
        if ($ErrorId) { "with FullyQualifiedErrorId like $(Format-Value $ErrorId)" }
    ) -join ', '
    $succeeded = $null -ne $thrown -and (-not $ExceptionType -or $thrown.Exception -is $ExceptionType) -and
        (-not $Message -or $thrown.Exception.Message -like $Message) -and (-not $ErrorId -or $thrown.FullyQualifiedErrorId -like $ErrorId)
    $got = 'no exception'
    if ($thrown) { $got = "[$($thrown.Exception.GetType().FullName)] '$($thrown.Exception.Message)' ($($thrown.FullyQualifiedErrorId))" }
    @{ Succeeded = $succeeded; Expected = "an exception $wanted to be thrown".Replace('  ', ' '); Got = $got; Error = $thrown }
}

# Element by element; nothing, an empty collection and a lone $null are the same, as with Pester.
function Test-Equal($Left, $Right, [scriptblock] $Comparer) {
    $first = @($Left)
    $second = @($Right)
    $firstIsNothing = $first.Count -eq 0 -or ($first.Count -eq 1 -and $null -eq $first[0])
    $secondIsNothing = $second.Count -eq 0 -or ($second.Count -eq 1 -and $null -eq $second[0])
    if ($firstIsNothing -or $secondIsNothing) { return $firstIsNothing -and $secondIsNothing }
    if ($first.Count -ne $second.Count) { return $false }
    for ($i = 0; $i -lt $first.Count; $i++) {
        $areArrays = $first[$i] -is [array] -or $second[$i] -is [array]
        $same = if ($areArrays) { Test-Equal $first[$i] $second[$i] $Comparer } else { & $Comparer $first[$i] $second[$i] }
        if (-not $same) { return $false }
    }
    $true
}

function Get-Single($Value) {
    if ($Value -is [array] -and $Value.Count -eq 1) { return , $Value[0] }
    , $Value
}

# -Bare: as it is read in the name of a test.
function Format-Value($Value, [switch] $Bare) {
    if ($null -eq $Value) { return '$null' }
    if ($Value -is [string]) { return $(if ($Bare) { $Value } else { "'$Value'" }) }
    if ($Value -is [bool]) { return "`$$Value".ToLowerInvariant() }
    if ($Value -is [type]) { return "[$($Value.FullName)]" }
    if ($Value -is [scriptblock]) { return "{$Value}" }
    if ($Value -is [Collections.IDictionary]) { return "@{$(@($Value.Keys.ForEach{ "$_=$(Format-Value $Value[$_])" }) -join '; ')}" }
    if ($Value -is [Collections.IEnumerable]) { return "@($(@(foreach ($item in $Value) { Format-Value $item }) -join ', '))" }
    if ($Value -is [ValueType] -and $Value -is [IFormattable]) { return $Value.ToString($null, [cultureinfo]::InvariantCulture) }
    "$Value"
}
