package io.tenantry.cloud.provider.sandbox.shell;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.kernel.time.MovableClock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A virtual machine without a host, with a shell on it. */
final class Shells {
    static final Instant BOOTED = Instant.parse("2026-11-22T10:00:00Z");

    private final MovableClock clock = new MovableClock();
    private final SimulatedHost simulatedHost;
    private final Files files = Files.fresh("web-1.example.org", "Debian GNU/Linux 13", BOOTED);
    private final List<PowerAction> powerActions = new ArrayList<>();
    private final Interpreter interpreter;
    private int saves;

    Shells() {
        clock.stopAt(BOOTED.plus(Duration.ofMinutes(95)));
        simulatedHost = new SimulatedHost(
                "web-1.example.org", "Debian GNU/Linux 13", "127.20.30.40", 2, 4_096, 80, BOOTED, 4_711L, clock);
        interpreter = new Interpreter(simulatedHost, files, powerActions::add);
    }

    SimulatedHost host() {
        return simulatedHost;
    }

    Files files() {
        return files;
    }

    Interpreter interpreter() {
        return interpreter;
    }

    List<PowerAction> powerActions() {
        return powerActions;
    }

    /** Returns how often the files were saved. */
    int saves() {
        return saves;
    }

    void advance(Duration time) {
        clock.stopAt(clock.instant().plus(time));
    }

    /** Returns the output of a line. */
    String run(String line) {
        return new String(interpreter.run(line), StandardCharsets.UTF_8);
    }

    /** Returns what a terminal of that width receives when all of the keys are typed and the user then leaves. */
    String typed(int columns, String keys) {
        return typed(columns, keys.getBytes(StandardCharsets.UTF_8));
    }

    String typed(int columns, byte[] keys) {
        var out = new ByteArrayOutputStream();
        var terminalOutput = new TerminalOutput(out, true);
        terminalOutput.resize(columns, 24);
        var inputBuffer = new InputBuffer(bytes -> {});
        inputBuffer.put(keys, 0, keys.length);
        inputBuffer.end();
        new ShellSession(simulatedHost, files, inputBuffer, terminalOutput, powerActions::add, () -> saves++)
                .converse();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Returns what a program receives that writes lines and reads responses. */
    String piped(String lines) {
        var out = new ByteArrayOutputStream();
        var inputBuffer = new InputBuffer(bytes -> {});
        var keys = lines.getBytes(StandardCharsets.UTF_8);
        inputBuffer.put(keys, 0, keys.length);
        inputBuffer.end();
        new ShellSession(
                        simulatedHost,
                        files,
                        inputBuffer,
                        new TerminalOutput(out, false),
                        powerActions::add,
                        () -> saves++)
                .converse();
        return out.toString(StandardCharsets.UTF_8);
    }
}
