using System.Globalization;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Get-Date: the current or a given time, as an object or as text.</summary>
[Cmdlet(VerbsCommon.Get, "Date", DefaultParameterSetName = DateAndFormat)]
[OutputType(typeof(string), ParameterSetName = [DateAndUFormat, UnixAndUFormat])]
[OutputType(typeof(DateTime), ParameterSetName = [DateAndFormat, UnixAndFormat])]
public sealed class GetDateCommand : PSCmdlet
{
    private const string DateAndFormat = "DateAndFormat";
    private const string DateAndUFormat = "DateAndUFormat";
    private const string UnixAndFormat = "UnixTimeSecondsAndFormat";
    private const string UnixAndUFormat = "UnixTimeSecondsAndUFormat";

    /// <summary>The time to work on; now by default.</summary>
    [Parameter(Position = 0, ParameterSetName = DateAndFormat, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = DateAndUFormat, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LastWriteTime")]
    public DateTime Date { get; set; }

    /// <summary>The time to work on, in seconds since 1970-01-01 00:00 UTC.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UnixAndFormat)]
    [Parameter(Mandatory = true, ParameterSetName = UnixAndUFormat)]
    [Alias("UnixTime")]
    public long UnixTimeSeconds { get; set; }

    /// <summary>Replaces the year.</summary>
    [Parameter]
    [ValidateRange(1, 9999)]
    public int Year { get; set; }

    /// <summary>Replaces the month.</summary>
    [Parameter]
    [ValidateRange(1, 12)]
    public int Month { get; set; }

    /// <summary>Replaces the day of the month.</summary>
    [Parameter]
    [ValidateRange(1, 31)]
    public int Day { get; set; }

    /// <summary>Replaces the hour.</summary>
    [Parameter]
    [ValidateRange(0, 23)]
    public int Hour { get; set; }

    /// <summary>Replaces the minute.</summary>
    [Parameter]
    [ValidateRange(0, 59)]
    public int Minute { get; set; }

    /// <summary>Replaces the second.</summary>
    [Parameter]
    [ValidateRange(0, 59)]
    public int Second { get; set; }

    /// <summary>Replaces the millisecond.</summary>
    [Parameter]
    [ValidateRange(0, 999)]
    public int Millisecond { get; set; }

    /// <summary>Which part is shown when the object is formatted.</summary>
    [Parameter]
    public DisplayHintType DisplayHint { get; set; } = DisplayHintType.DateTime;

    /// <summary>Writes text in a Unix format such as '%Y-%m-%d'.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DateAndUFormat)]
    [Parameter(Mandatory = true, ParameterSetName = UnixAndUFormat)]
    public string? UFormat { get; set; }

    /// <summary>Writes text in a .NET format, or FileDate, FileDateUniversal, FileDateTime, FileDateTimeUniversal.</summary>
    [Parameter(ParameterSetName = DateAndFormat)]
    [Parameter(ParameterSetName = UnixAndFormat)]
    public string? Format { get; set; }

    /// <summary>Converts to UTC.</summary>
    [Parameter]
    public SwitchParameter AsUTC { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var date = Replace(Start());
        if (AsUTC) date = date.ToUniversalTime();
        if (UFormat is not null) WriteObject(UnixDateFormat.Format(date, UFormat));
        else if (Format is not null) WriteObject(Text(date));
        else
        {
            var result = new PSObject(date);
            result.Properties.Add(new PSNoteProperty("DisplayHint", DisplayHint));
            WriteObject(result);
        }
    }

    private DateTime Start() => ParameterSetName switch
    {
        UnixAndFormat or UnixAndUFormat => DateTimeOffset.FromUnixTimeSeconds(UnixTimeSeconds).LocalDateTime,
        _ => Bound(nameof(Date)) ? Date : DateTime.Now,
    };

    private DateTime Replace(DateTime date)
    {
        if (Bound(nameof(Year))) date = date.AddYears(Year - date.Year);
        if (Bound(nameof(Month))) date = date.AddMonths(Month - date.Month);
        if (Bound(nameof(Day))) date = date.AddDays(Day - date.Day);
        if (Bound(nameof(Hour))) date = date.AddHours(Hour - date.Hour);
        if (Bound(nameof(Minute))) date = date.AddMinutes(Minute - date.Minute);
        if (Bound(nameof(Second))) date = date.AddSeconds(Second - date.Second);
        if (!Bound(nameof(Millisecond))) return date;
        // What lies below the millisecond goes too, so that the same arguments give the same time.
        return new DateTime(date.Ticks - date.Ticks % TimeSpan.TicksPerSecond, date.Kind).AddMilliseconds(Millisecond);
    }

    private bool Bound(string name) => MyInvocation.BoundParameters.ContainsKey(name);

    private string Text(DateTime date) => Format!.ToUpperInvariant() switch
    {
        "FILEDATE" => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        "FILEDATEUNIVERSAL" => date.ToUniversalTime().ToString("yyyyMMdd'Z'", CultureInfo.InvariantCulture),
        "FILEDATETIME" => date.ToString("yyyyMMdd'T'HHmmssffff", CultureInfo.InvariantCulture),
        "FILEDATETIMEUNIVERSAL" => date.ToUniversalTime().ToString("yyyyMMdd'T'HHmmssffff'Z'", CultureInfo.InvariantCulture),
        _ => date.ToString(Format, CultureInfo.CurrentCulture),
    };
}
