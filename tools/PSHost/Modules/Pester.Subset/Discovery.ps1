# First pass: running a file and the bodies of its blocks tells which tests there are.

function Find-Test([string] $File) {
    $container = @{ File = $File; Root = New-Block -Kind 'Root' -Name ''; Error = $null; Duration = [timespan]::Zero }
    $script:block = $container.Root
    try {
        $errors = [Collections.Generic.List[object]]::new()
        Invoke-Frame @{ Body = [scriptblock]::Create("& '$($File.Replace("'", "''"))'"); Errors = $errors }
        if ($errors.Count -gt 0) { $container.Error = $errors[0] }
    } catch {
        # A file that cannot be parsed.
        $container.Error = $_
    } finally {
        $script:block = $null
    }
    $container
}

# Case: what Get-Case gives, the data of -ForEach.
function New-Block([string] $Kind, [string] $Name, [string[]] $Tag = @(), [bool] $Skip, [hashtable] $Case = @{}, [scriptblock] $Body) {
    [pscustomobject]@{
        Kind = $Kind; Name = $Name; ExpandedName = $Name; Tag = $Tag; Skip = $Skip; Body = $Body
        Data = $Case['Data']; HasData = [bool]$Case['HasData']
        Parent = $script:block; Children = [Collections.Generic.List[object]]::new()
        BeforeAll = @(); AfterAll = @(); BeforeEach = @(); AfterEach = @()
        Errors = [Collections.Generic.List[object]]::new()
        # of tests alone
        Selected = $true; Result = 'NotRun'; Reason = ''; Duration = [timespan]::Zero
    }
}

function Describe {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Name,
        [Parameter(Position = 1)] [scriptblock] $Fixture,
        [string[]] $Tag = @(),
        [switch] $Skip,
        [AllowNull()] $ForEach
    )
    Add-Group 'Describe' $PSBoundParameters
}

function Context {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Name,
        [Parameter(Position = 1)] [scriptblock] $Fixture,
        [string[]] $Tag = @(),
        [switch] $Skip,
        [AllowNull()] $ForEach
    )
    Add-Group 'Context' $PSBoundParameters
}

function It {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Name,
        [Parameter(Position = 1)] [scriptblock] $Test,
        [string[]] $Tag = @(),
        [switch] $Skip,
        [Alias('TestCases')] [AllowNull()] $ForEach
    )
    Assert-Discovery 'It'
    if (-not $Test) { throw "The test '$Name' has no body; is its opening brace on the next line?" }
    foreach ($case in Get-Case $PSBoundParameters) {
        $script:block.Children.Add((New-Block -Kind 'It' -Name $Name -Tag $Tag -Skip $Skip -Case $case -Body $Test))
    }
}

function BeforeDiscovery([Parameter(Mandatory)] [scriptblock] $ScriptBlock) {
    if ($script:block) { . $ScriptBlock }
}

function BeforeAll([Parameter(Mandatory)] [scriptblock] $Scriptblock) { Add-Hook 'BeforeAll' $Scriptblock }

function AfterAll([Parameter(Mandatory)] [scriptblock] $Scriptblock) { Add-Hook 'AfterAll' $Scriptblock }

function BeforeEach([Parameter(Mandatory)] [scriptblock] $Scriptblock) { Add-Hook 'BeforeEach' $Scriptblock }

function AfterEach([Parameter(Mandatory)] [scriptblock] $Scriptblock) { Add-Hook 'AfterEach' $Scriptblock }

function Add-Group([string] $Kind, $Bound) {
    Assert-Discovery $Kind
    if (-not $Bound['Fixture']) { throw "$Kind '$($Bound.Name)' has no body; is its opening brace on the next line?" }
    $outer = $script:block
    foreach ($case in Get-Case $Bound) {
        $group = New-Block -Kind $Kind -Name $Bound.Name -Tag @($Bound['Tag']).Where{ $_ } -Skip ([bool]$Bound['Skip']) -Case $case
        $outer.Children.Add($group)
        $script:block = $group
        try {
            $errors = [Collections.Generic.List[object]]::new()
            Invoke-Frame @{
                Body = $Bound.Fixture; Errors = $errors
                Variables = $(if ($case.HasData) { Get-DataVariable $case.Data } else { @{} })
                Parameters = Get-DataParameter $Bound.Fixture $case.Data
            }
            # Discovery of the file ends here.
            if ($errors.Count -gt 0) { throw $errors[0] }
        } finally {
            $script:block = $outer
        }
    }
}

function Get-Case($Bound) {
    if (-not $Bound.ContainsKey('ForEach')) { return @{ Data = $null; HasData = $false } }
    foreach ($item in $Bound['ForEach']) { @{ Data = $item; HasData = $true } }
}

function Add-Hook([string] $Kind, [scriptblock] $ScriptBlock) {
    Assert-Discovery $Kind
    if (@($script:block.$Kind).Count -gt 0) { throw "$Kind is already defined in this block." }
    $script:block.$Kind = @($ScriptBlock)
}

function Assert-Discovery([string] $Keyword) {
    if (-not $script:block) { throw "$Keyword belongs into the body of a test file or of a Describe or Context block." }
}

function Get-FullName($Block) {
    $names = [Collections.Generic.List[string]]::new()
    for ($each = $Block; $each -and $each.Kind -ne 'Root'; $each = $each.Parent) { $names.Insert(0, $each.ExpandedName) }
    $names -join '.'
}
