package io.tenantry.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The end of processes that are not children of this one. {@link ProcessHandle#onExit()} waits until their parent has taken notice, which in
 * a container may be a first process that seldom does, or never.
 */
final class Processes {
    private Processes() {}

    /** Whether it runs no longer: it is not there, or has ended and only its parent does not know. */
    static boolean isGone(ProcessHandle process) {
        if (!process.isAlive()) {
            return true;
        }
        var info = process.info();
        return info.command().isEmpty() && info.commandLine().isEmpty();
    }

    /** Whether there is such a process and it runs. */
    static boolean runs(long pid) {
        return ProcessHandle.of(pid).filter(process -> !isGone(process)).isPresent();
    }

    /** Waits until all have ended; says whether they have. */
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
