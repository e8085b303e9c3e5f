using System.ComponentModel;
using DLExperiments.Module.Tests.Pester.Engines;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace DLExperiments.Module.Tests.Pester.Reporting;

/// <summary>
/// One It of a Pester file. It reports the outcome itself, because a test case of xunit 2 cannot be skipped by its method,
/// and because its duration is that of the It and not of looking the result up.
/// </summary>
public sealed class PesterTestCase : XunitTestCase
{
    private string _file = "";
    private int _index;
    private string _path = "";

    /// <summary>For deserialisation only.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("Called by the deserialiser; use the other constructor.")]
    public PesterTestCase()
    {
    }

    /// <summary>A test case for one It.</summary>
    /// <param name="diagnostics">Takes diagnostic messages.</param>
    /// <param name="method">The method that stands for all files.</param>
    /// <param name="file">The file, relative to the folder of the Pester files.</param>
    /// <param name="index">Position in the file, or -1 for a file that has no tests to show.</param>
    /// <param name="path">Blocks and name.</param>
    public PesterTestCase(IMessageSink diagnostics, ITestMethod method, string file, int index, string path)
        : base(diagnostics, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, method)
    {
        _file = file;
        _index = index;
        _path = path;
        DisplayName = Title;
    }

    private string Title => $"{_file}: {_path.ReplaceLineEndings(" ")}";

    /// <inheritdoc/>
    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue("File", _file);
        data.AddValue("Index", _index);
        data.AddValue("Path", _path);
    }

    /// <inheritdoc/>
    public override void Deserialize(IXunitSerializationInfo data)
    {
        _file = data.GetValue<string>("File");
        _index = data.GetValue<int>("Index");
        _path = data.GetValue<string>("Path");
        base.Deserialize(data);
    }

    /// <inheritdoc/>
    public override Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink, IMessageBus messageBus, object[] constructorArguments,
        ExceptionAggregator aggregator, CancellationTokenSource cancellationTokenSource)
    {
        var summary = new RunSummary { Total = 1 };
        var test = new XunitTest(this, DisplayName);
        Send(new TestCaseStarting(this));
        Send(new TestStarting(test));
        var result = TestFiles.Result(_file, _index);
        var seconds = (decimal)result.Seconds;
        summary.Time = seconds;
        switch (result.Outcome)
        {
            case TestOutcome.Passed:
                Send(new TestPassed(test, seconds, result.Output));
                break;
            case TestOutcome.Skipped:
                summary.Skipped = 1;
                Send(new TestSkipped(test, result.Message));
                break;
            default:
                summary.Failed = 1;
                Send(new TestFailed(test, seconds, result.Output, [typeof(XunitException).FullName!], [result.Message], [result.Location], [-1]));
                break;
        }
        Send(new TestFinished(test, seconds, result.Output));
        Send(new TestCaseFinished(this, seconds, 1, summary.Failed, summary.Skipped));
        return Task.FromResult(summary);

        void Send(IMessageSinkMessage message)
        {
            if (!messageBus.QueueMessage(message)) cancellationTokenSource.Cancel();
        }
    }

    /// <inheritdoc/>
    protected override void Initialize()
    {
        base.Initialize();
        DisplayName = Title;
    }

    /// <inheritdoc/>
    protected override string GetUniqueID() => $"{base.GetUniqueID()}:{_file}:{_index}";
}
