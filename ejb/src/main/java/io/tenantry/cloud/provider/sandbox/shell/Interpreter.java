package io.tenantry.cloud.provider.sandbox.shell;

import io.tenantry.cloud.provider.PowerAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Executes command lines for one session, as root. */
final class Interpreter {
    static final String HOME = "/root";

    /** The maximum length of a line in characters. */
    static final int LINE_MAX = 4_096;

    private static final int HISTORY_MAX = 200;
    private static final int NOT_FOUND = 127;

    private final SimulatedHost simulatedHost;
    private final Files files;
    private final Consumer<PowerAction> power;
    private final List<String> history = new ArrayList<>();
    private final Map<String, ShellCommand> programs;
    private String folder = HOME;
    private int code;
    private boolean isOver;

    Interpreter(SimulatedHost simulatedHost, Files files, Consumer<PowerAction> power) {
        this.simulatedHost = simulatedHost;
        this.files = files;
        this.power = power;
        programs = ShellCommands.all(this);
    }

    SimulatedHost box() {
        return simulatedHost;
    }

    Files files() {
        return files;
    }

    List<String> history() {
        return history;
    }

    /** Returns the working directory. */
    String folder() {
        return folder;
    }

    void enter(String path) {
        folder = path;
    }

    /** Returns the exit code of the last command. */
    int code() {
        return code;
    }

    boolean isOver() {
        return isOver;
    }

    /** Ends the session after this command. */
    void end() {
        isOver = true;
    }

    /** Switches the server; its sessions are disconnected. */
    void power(PowerAction how) {
        isOver = true;
        power.accept(how);
    }

    String prompt() {
        var place = folder.equals(HOME) ? "~" : folder;
        return "root@" + simulatedHost.shortName() + ":" + place + "# ";
    }

    /** Adds a line to the history. */
    void remember(String line) {
        if (!line.isBlank()
                && (history.isEmpty() || !history.get(history.size() - 1).equals(line))) {
            history.add(line);
            if (history.size() > HISTORY_MAX) {
                history.remove(0);
            }
        }
    }

    /** Executes all commands of a line, and returns their combined output. */
    byte[] run(String line) {
        var output = new Output();
        try {
            if (line.length() > LINE_MAX) {
                throw new CommandFailure("line is longer than " + LINE_MAX + " characters");
            }
            var count = CommandLine.parse(line, this::variable).steps().size();
            for (var i = 0; i < count && !isOver; i++) {
                // Parsed again, as variables may have changed meanwhile.
                var step = CommandLine.parse(line, this::variable).steps().get(i);
                if (code == 0 || !step.onlyIfFine()) {
                    code = run(step, output);
                }
            }
        } catch (CommandFailure commandFailure) {
            code = 2;
            print(output, "sh: " + commandFailure.words());
        }
        return output.take();
    }

    private int run(CommandLine.Step step, Output output) {
        var own = new Output();
        var result = 0;
        if (!step.words().isEmpty()) {
            result = run(step.words(), step.into().isPresent() ? own : output, output);
        }
        if (step.into().isPresent()) {
            try {
                files.write(Files.resolve(folder, step.into().get()), own.take(), step.append(), simulatedHost.now());
            } catch (CommandFailure commandFailure) {
                print(output, "sh: " + step.into().get() + ": " + commandFailure.words());
                return 1;
            }
        }
        return result;
    }

    private int run(List<String> words, Output output, Output complaints) {
        var name = words.get(0);
        var program = Optional.ofNullable(programs.get(name));
        if (program.isEmpty()) {
            print(complaints, "sh: " + name + ": command not found (help tells what there is)");
            return NOT_FOUND;
        }
        try {
            program.get().run(words.subList(1, words.size()), output);
            return 0;
        } catch (CommandFailure commandFailure) {
            print(complaints, name + ": " + commandFailure.words());
            return 1;
        }
    }

    private String variable(String name) {
        return switch (name) {
            case "?" -> String.valueOf(code);
            case "HOME" -> HOME;
            case "HOSTNAME" -> simulatedHost.hostname();
            case "PWD" -> folder;
            case "SHELL" -> "/bin/sh";
            case "USER" -> "root";
            default -> "";
        };
    }

    /** An error message that no longer fits is omitted: there is enough output already. */
    private static void print(Output output, String words) {
        try {
            output.line(words);
        } catch (CommandFailure full) {
            output.cut();
        }
    }
}
