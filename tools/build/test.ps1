function Invoke-Tests { 0 }
