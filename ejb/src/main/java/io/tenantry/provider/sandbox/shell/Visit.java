package io.tenantry.provider.sandbox.shell;

import io.tenantry.provider.Power;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A visitor on a server, from the greeting to the end: one line, or as many as are typed. */
public final class Visit {
    private static final Duration TOP_EVERY = Duration.ofSeconds(1);
    private static final int TOP_FRAMES_MAX = 3_600;
    private static final int CTRL_C = 3;
    private static final String TOP = "top";
    private static final String WRITE = "cat > ";

    private final Box box;
    private final Files files;
    private final Inbox inbox;
    private final Screen screen;
    private final Interpreter interpreter;
    private final Runnable keep;

    /**
     * A visit.
     *
     * @param power what becomes of who switches the server from within
     * @param keep called after the files were changed
     */
    public Visit(Box box, Files files, Inbox inbox, Screen screen, Consumer<Power> power, Runnable keep) {
        this.box = box;
        this.files = files;
        this.inbox = inbox;
        this.screen = screen;
        this.keep = keep;
        interpreter = new Interpreter(box, files, power);
    }

    /**
     * Runs one line.
     *
     * @return the code of its last command
     */
    public int command(String line) {
        if (line.startsWith(WRITE)) {
            return write(line.substring(WRITE.length()).strip());
        }
        run(line);
        return interpreter.code();
    }

    /**
     * Talks until the visitor leaves.
     *
     * @return the code of the last command
     */
    public int converse() {
        if (!screen.isTerminal()) {
            return listen();
        }
        greet();
        var editor = new LineEditor(inbox, screen);
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

    /** Lines from a program, which wants no prompt and no echo. */
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
        for (var next = inbox.next(); next != '\n'; next = inbox.next()) {
            if (next == Inbox.END) {
                return bytes.size() == 0 ? Optional.empty() : Optional.of(bytes.toString(StandardCharsets.UTF_8));
            }
            if (bytes.size() <= Interpreter.LINE_MAX) {
                bytes.write(next);
            }
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }

    private void run(String line) {
        if (line.strip().equals(TOP) && screen.isTerminal()) {
            watch();
            return;
        }
        var said = interpreter.run(line);
        screen.show(said);
        keepIfChanged();
    }

    /** What comes by standard input becomes a file, as in {@code ssh server 'cat > file' < file}. */
    private int write(String name) {
        var content = inbox.rest(Files.BYTES_MAX + 1);
        try {
            files.write(Files.resolve(interpreter.folder(), name), content, false, box.now());
        } catch (Refused refused) {
            screen.show("cat: " + name + ": " + refused.words() + "\n");
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
        screen.show("Welcome to " + box.system() + "\n\n");
        motd.ifPresent(entry -> screen.show(new String(entry.content(), StandardCharsets.UTF_8) + "\n"));
    }

    private void watch() {
        interpreter.remember(TOP);
        for (var frame = 0; frame < TOP_FRAMES_MAX; frame++) {
            screen.show("\u001b[H\u001b[2J" + String.join("\n", clipped(SystemPrograms.top(box, screen.rows() - 1)))
                    + "\n");
            var key = inbox.next(TOP_EVERY);
            if (key == 'q' || key == 'Q' || key == CTRL_C || key == Inbox.END) {
                return;
            }
        }
    }

    private List<String> clipped(List<String> lines) {
        var width = screen.columns();
        return lines.stream()
                .map(line -> line.length() > width ? line.substring(0, width) : line)
                .toList();
    }
}
