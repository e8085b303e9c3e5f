namespace DLExperiments;
