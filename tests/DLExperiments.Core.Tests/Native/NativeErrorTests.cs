using DLExperiments.Errors;
using DLExperiments.Native;

namespace DLExperiments.Tests.Native;

/// <summary>The words of the loaders of glibc, Windows and macOS, and what they are taken for.</summary>
public class NativeErrorTests
{
    private const string Advice = "Unable to load shared library '/m/libx.so' or one of its dependencies. In order to help diagnose loading problems, "
        + "consider using a tool like strace. If you're using glibc, consider setting the LD_DEBUG environment variable: \n";

    [Theory]
    [InlineData("/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /m/libx.so)", "NativeRuntimeTooOld", "GLIBC_2.34")]
    [InlineData("/lib64/libstdc++.so.6: version `GLIBCXX_3.4.30' not found (required by /m/libx.so)", "NativeRuntimeTooOld", "GLIBCXX_3.4.30")]
    [InlineData("/lib64/libstdc++.so.6: version `CXXABI_1.3.13' not found (required by /m/libc10.so)", "NativeRuntimeTooOld", "/m/libc10.so")]
    [InlineData("libgomp.so.1: cannot open shared object file: No such file or directory", "NativeLibraryMissing", "libgomp.so.1")]
    [InlineData("libcudart.so.12: cannot open shared object file: No such file or directory", "NativeLibraryMissing", "libcudart.so.12")]
    [InlineData("/m/libx.so: invalid ELF header", "NativeWrongArchitecture", "/m/libx.so")]
    [InlineData("/m/libx.so: wrong ELF class: ELFCLASS32", "NativeWrongArchitecture", "ELFCLASS32")]
    [InlineData("/m/libx.so: undefined symbol: _ZN3c105ErrorC1E", "NativeLoadFailed", "_ZN3c105ErrorC1E")]
    [InlineData("/m/libx.so: failed to map segment from shared object: Operation not permitted", "NativeLoadFailed", "not permitted")]
    public void Words_of_the_Linux_loader(string words, string errorId, string says)
    {
        ExperimentException error = NativeError.Refused("/m/libx.so", new DllNotFoundException(Advice + words));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(ErrorKind.NotInstalled, error.Kind);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("strace", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_the_Windows_loader()
    {
        Assert.Equal("NativeLibraryMissing", NativeError.Refused("C:/m/x.dll",
            new DllNotFoundException("Unable to load DLL 'C:/m/x.dll' or one of its dependencies: The specified module could not be found. (0x8007007E)")).ErrorId);
        Assert.Equal("NativeWrongArchitecture", NativeError.Refused("C:/m/x.dll",
            new BadImageFormatException("An attempt was made to load a program with an incorrect format. (0x8007000B)")).ErrorId);
        Assert.Equal("NativeLoadFailed", NativeError.Refused("C:/m/x.dll",
            new DllNotFoundException("Unable to load DLL 'C:/m/x.dll': The specified procedure could not be found. (0x8007007F)")).ErrorId);
    }
}
