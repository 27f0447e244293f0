package io.tenantry.endurance;

import io.tenantry.cluster.DatabaseProxy;
import java.time.Duration;

/** Lets hours pass one after the other until it is paused. */
final class Pace implements AutoCloseable {
    private final Thread thread;
    private volatile boolean isAtRest = true;
    private volatile boolean isClosed;

    Pace(Duration anHour, Runnable pass) {
        thread = new Thread(() -> {
            for (var next = System.nanoTime(); !isClosed; next += anHour.toNanos()) {
                DatabaseProxy.pause(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
                if (!isAtRest) {
                    pass.run();
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    void rest(boolean isAtRest) {
        this.isAtRest = isAtRest;
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
    }
}
