# Runs pieces of a test file in the scopes that their place in the file gives them.

# Unbound, so that it runs in the session state of the test file and not in ours; each frame is a scope inside the
# one that is current there. Hooks and bodies are dot-sourced into it. A frame's names are unlikely ones, since tests see them.
$script:frameRunner = [scriptblock]::Create(@'
& {
    $______frame = $args[0]
    foreach ($______name in $______frame.Variables.Keys) {
        $ExecutionContext.SessionState.PSVariable.Set($______name, $______frame.Variables[$______name])
    }
    if ($______frame.Node) { & $______frame.Describe $______frame.Node $ExecutionContext.SessionState }
    try {
        foreach ($______block in $______frame.Setup) { . $______block }
        if ($______frame.Body) {
            $______parameters = $______frame.Parameters
            . $______frame.Body @______parameters
        }
    } catch {
        $______frame.Errors.Add($_)
    }
    if ($______frame.Next) { & $______frame.Next $______frame.Node }
    foreach ($______block in $______frame.Teardown) {
        try { . $______block } catch { $______frame.Errors.Add($_) }
    }
} $args[0]
'@)

# What the runner module does from within a frame.
$script:describe = { param($Node, $State) $Node.ExpandedName = Expand-Name $Node.Name $State }

function Invoke-Frame([hashtable] $Frame) {
    $defaults = @{
        Node = $null; Variables = @{}; Describe = $script:describe
        Setup = @(); Body = $null; Parameters = @{}; Next = $null; Teardown = @()
    }
    foreach ($name in $defaults.Keys) { if (-not $Frame.ContainsKey($name)) { $Frame[$name] = $defaults[$name] } }
    $null = $ExecutionContext.InvokeCommand.InvokeScript($script:callerState, $script:frameRunner, @($Frame))
}

# What -ForEach gives a block: $_ and, for a dictionary, a variable for each key.
function Get-DataVariable($Item) {
    $variables = @{ _ = $Item }
    if ($Item -is [Collections.IDictionary]) {
        foreach ($key in $Item.Keys) { $variables[[string]$key] = $Item[$key] }
    }
    $variables
}

# The keys of the data that the block has parameters for.
function Get-DataParameter([scriptblock] $Body, $Item) {
    $parameters = @{}
    if ($Item -is [Collections.IDictionary] -and $Body.Ast.ParamBlock) {
        foreach ($parameter in $Body.Ast.ParamBlock.Parameters) {
            $name = $parameter.Name.VariablePath.UserPath
            if ($Item.Contains($name)) { $parameters[$name] = $Item[$name] }
        }
    }
    $parameters
}

# "adds <a> and <b.Length>": the variables as they are where the test runs. What is no variable stays as it is.
function Expand-Name([string] $Name, [Management.Automation.SessionState] $State) {
    [regex]::Replace($Name, '(?<!`)<([A-Za-z_]\w*)((?:\.\w+)*)>', {
        param($match)
        $variable = $State.PSVariable.Get($match.Groups[1].Value)
        if ($null -eq $variable) { return $match.Value }
        $value = $variable.Value
        foreach ($property in $match.Groups[2].Value.Split([char]'.', [StringSplitOptions]::RemoveEmptyEntries)) {
            $value = if ($null -ne $value) { $value.$property }
        }
        Format-Value $value -Bare
    }).Replace('`<', '<').Replace('`>', '>')
}
