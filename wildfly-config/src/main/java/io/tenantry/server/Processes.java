package io.tenantry.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A check for the end of processes that are not children of this one. {@link ProcessHandle#onExit()} waits until their parent has reaped them,
 * which in a container may be an init process that does so rarely, or never.
 */
final class Processes {
    private Processes() {}

    /** Returns whether a process no longer runs: it does not exist, or has ended and was not reaped by its parent yet. */
    static boolean isGone(ProcessHandle process) {
        if (!process.isAlive()) {
            return true;
        }
        var info = process.info();
        return info.command().isEmpty() && info.commandLine().isEmpty();
    }

    /** Returns whether there is such a process and it runs. */
    static boolean runs(long pid) {
        return ProcessHandle.of(pid).filter(process -> !isGone(process)).isPresent();
    }

    /** Waits until all processes have ended; returns whether they have. */
    static boolean awaitEnd(Iterable<ProcessHandle> processes, Duration atMost) {
        var deadline = System.nanoTime() + atMost.toNanos();
        for (var process : processes) {
            while (!isGone(process)) {
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        return true;
    }
}
