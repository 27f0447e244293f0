package io.tenantry.cloud.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A page that reads at once, or when released. */
final class FakeClientChannel implements ClientChannel {
    final List<Runnable> pending = new ArrayList<>();
    final List<ConsoleEndReason> endReasons = new ArrayList<>();
    final ByteArrayOutputStream output = new ByteArrayOutputStream();
    boolean isPaused;
    int pieces;
    int taken;
    int records;

    @Override
    public void show(byte[] bytes, Runnable whenShown) {
        output.writeBytes(bytes);
        pieces++;
        if (isPaused) {
            pending.add(whenShown);
        } else {
            whenShown.run();
        }
    }

    @Override
    public void recorded() {
        records++;
    }

    @Override
    public void took(int bytes) {
        taken += bytes;
    }

    @Override
    public void end(ConsoleEndReason why) {
        endReasons.add(why);
    }

    String text() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
