package io.tenantry.cloud.console;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Captures everything our code logs, at any level, until it is closed. */
final class CapturedLog extends Handler implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger ours = Logger.getLogger("io.tenantry");

    static CapturedLog open() {
        var log = new CapturedLog();
        log.setLevel(Level.ALL);
        log.setFormatter(new SimpleFormatter());
        log.ours.setLevel(Level.ALL);
        log.ours.addHandler(log);
        return log;
    }

    /** Returns the records as they would be written, with their exceptions. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(getFormatter().format(line));
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        ours.removeHandler(this);
        ours.setLevel(null);
    }
}
