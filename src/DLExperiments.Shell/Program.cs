return DLExperiments.Shell.Hosting.ShellProgram.Run(args);
