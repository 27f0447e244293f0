package io.tenantry.provider.sandbox.shell;

import io.tenantry.provider.Power;
import io.tenantry.time.MovableClock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A machine that is nowhere, with a shell on it. */
final class Shells {
    static final Instant BOOTED = Instant.parse("2026-11-22T10:00:00Z");

    private final MovableClock clock = new MovableClock();
    private final Box box;
    private final Files files = Files.fresh("web-1.example.org", "Debian GNU/Linux 13", BOOTED);
    private final List<Power> switched = new ArrayList<>();
    private final Interpreter interpreter;
    private int kept;

    Shells() {
        clock.stopAt(BOOTED.plus(Duration.ofMinutes(95)));
        box = new Box("web-1.example.org", "Debian GNU/Linux 13", "127.20.30.40", 2, 4_096, 80, BOOTED, 4_711L, clock);
        interpreter = new Interpreter(box, files, switched::add);
    }

    Box box() {
        return box;
    }

    Files files() {
        return files;
    }

    Interpreter interpreter() {
        return interpreter;
    }

    List<Power> switched() {
        return switched;
    }

    /** How often the files were kept. */
    int kept() {
        return kept;
    }

    void pass(Duration time) {
        clock.stopAt(clock.instant().plus(time));
    }

    /** What a line says. */
    String run(String line) {
        return new String(interpreter.run(line), StandardCharsets.UTF_8);
    }

    /** What a terminal of that width is sent when all of that is typed and the visitor then leaves. */
    String typed(int columns, String keys) {
        return typed(columns, keys.getBytes(StandardCharsets.UTF_8));
    }

    String typed(int columns, byte[] keys) {
        var out = new ByteArrayOutputStream();
        var screen = new Screen(out, true);
        screen.resize(columns, 24);
        var inbox = new Inbox(bytes -> {});
        inbox.put(keys, 0, keys.length);
        inbox.end();
        new Visit(box, files, inbox, screen, switched::add, () -> kept++).converse();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What a program is sent that writes lines and reads answers. */
    String piped(String lines) {
        var out = new ByteArrayOutputStream();
        var inbox = new Inbox(bytes -> {});
        var keys = lines.getBytes(StandardCharsets.UTF_8);
        inbox.put(keys, 0, keys.length);
        inbox.end();
        new Visit(box, files, inbox, new Screen(out, false), switched::add, () -> kept++).converse();
        return out.toString(StandardCharsets.UTF_8);
    }
}
