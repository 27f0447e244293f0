package io.tenantry.cloud.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A page that reads at once, or when released. */
final class FakeClientChannel implements ClientChannel {
    final List<Runnable> held = new ArrayList<>();
    final List<ConsoleEndReason> ends = new ArrayList<>();
    final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    boolean holds;
    int pieces;
    int taken;
    int records;

    @Override
    public void show(byte[] bytes, Runnable whenShown) {
        shown.writeBytes(bytes);
        pieces++;
        if (holds) {
            held.add(whenShown);
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
        ends.add(why);
    }

    String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
