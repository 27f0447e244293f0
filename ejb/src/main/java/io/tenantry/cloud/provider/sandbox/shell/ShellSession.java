package io.tenantry.cloud.provider.sandbox.shell;

import io.tenantry.cloud.provider.PowerAction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A session on a server, from the greeting to the end: a single command line, or an interactive session. */
public final class ShellSession {
    private static final Duration TOP_EVERY = Duration.ofSeconds(1);
    private static final int TOP_FRAMES_MAX = 3_600;
    private static final int CTRL_C = 3;
    private static final String TOP = "top";
    private static final String WRITE = "cat > ";

    private final SimulatedHost simulatedHost;
    private final Files files;
    private final InputBuffer inputBuffer;
    private final TerminalOutput terminalOutput;
    private final Interpreter interpreter;
    private final Runnable keep;

    /**
     * Creates a session.
     *
     * @param power called when the server is switched from within
     * @param keep called after the files were changed
     */
    public ShellSession(
            SimulatedHost simulatedHost,
            Files files,
            InputBuffer inputBuffer,
            TerminalOutput terminalOutput,
            Consumer<PowerAction> power,
            Runnable keep) {
        this.simulatedHost = simulatedHost;
        this.files = files;
        this.inputBuffer = inputBuffer;
        this.terminalOutput = terminalOutput;
        this.keep = keep;
        interpreter = new Interpreter(simulatedHost, files, power);
    }

    /**
     * Runs one line.
     *
     * @return the exit code of its last command
     */
    public int command(String line) {
        if (line.startsWith(WRITE)) {
            return write(line.substring(WRITE.length()).strip());
        }
        run(line);
        return interpreter.code();
    }

    /**
     * Runs an interactive session until the client leaves.
     *
     * @return the exit code of the last command
     */
    public int converse() {
        if (!terminalOutput.isTerminal()) {
            return listen();
        }
        greet();
        var editor = new LineEditor(inputBuffer, terminalOutput);
        while (!interpreter.isOver()) {
            var line = editor.read(interpreter.prompt(), interpreter.history());
            if (line.isEmpty()) {
                break;
            }
            interpreter.remember(line.get());
            run(line.get());
        }
        return interpreter.code();
    }

    /** Reads lines from a program, without prompt and echo. */
    private int listen() {
        while (!interpreter.isOver()) {
            var line = line();
            if (line.isEmpty()) {
                break;
            }
            run(line.get());
        }
        return interpreter.code();
    }

    private Optional<String> line() {
        var bytes = new ByteArrayOutputStream();
        for (var next = inputBuffer.next(); next != '\n'; next = inputBuffer.next()) {
            if (next == InputBuffer.END) {
                return bytes.size() == 0 ? Optional.empty() : Optional.of(bytes.toString(StandardCharsets.UTF_8));
            }
            if (bytes.size() <= Interpreter.LINE_MAX) {
                bytes.write(next);
            }
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }

    private void run(String line) {
        if (line.strip().equals(TOP) && terminalOutput.isTerminal()) {
            watch();
            return;
        }
        var output = interpreter.run(line);
        terminalOutput.show(output);
        keepIfChanged();
    }

    /** Stores the standard input as a file, as in {@code ssh server 'cat > file' < file}. */
    private int write(String name) {
        var content = inputBuffer.rest(Files.BYTES_MAX + 1);
        try {
            files.write(Files.resolve(interpreter.folder(), name), content, false, simulatedHost.now());
        } catch (CommandFailure commandFailure) {
            terminalOutput.show("cat: " + name + ": " + commandFailure.words() + "\n");
            return 1;
        }
        keepIfChanged();
        return 0;
    }

    private void keepIfChanged() {
        if (files.takeChanged()) {
            keep.run();
        }
    }

    private void greet() {
        var motd = files.find("/etc/motd").filter(entry -> !entry.isFolder());
        terminalOutput.show("Welcome to " + simulatedHost.system() + "\n\n");
        motd.ifPresent(entry -> terminalOutput.show(new String(entry.content(), StandardCharsets.UTF_8) + "\n"));
    }

    private void watch() {
        interpreter.remember(TOP);
        for (var frame = 0; frame < TOP_FRAMES_MAX; frame++) {
            terminalOutput.show("\u001b[H\u001b[2J"
                    + String.join("\n", clipped(SystemPrograms.top(simulatedHost, terminalOutput.rows() - 1))) + "\n");
            var key = inputBuffer.next(TOP_EVERY);
            if (key == 'q' || key == 'Q' || key == CTRL_C || key == InputBuffer.END) {
                return;
            }
        }
    }

    private List<String> clipped(List<String> lines) {
        var width = terminalOutput.columns();
        return lines.stream()
                .map(line -> line.length() > width ? line.substring(0, width) : line)
                .toList();
    }
}
