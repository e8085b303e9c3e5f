namespace DLExperiments.Data.Named;

/// <summary>Which of EMNIST's arrangements of the same characters is wanted.</summary>
public enum EmnistSplit
{
    /// <summary>Digits and letters, 47 classes of equal size: 112,800 and 18,800.</summary>
    Balanced,

    /// <summary>All digits, capitals and small letters, 62 classes: 697,932 and 116,323.</summary>
    ByClass,

    /// <summary>All, with small letters that look like their capitals merged with them, 47 classes: 697,932 and 116,323.</summary>
    ByMerge,

    /// <summary>Letters, capitals and small ones as one class, numbered from 1: 124,800 and 20,800.</summary>
    Letters,

    /// <summary>Digits, 10 classes: 240,000 and 40,000.</summary>
    Digits,

    /// <summary>Digits like those of MNIST: 60,000 and 10,000.</summary>
    Mnist,
}
