package io.tenantry.cloud.console;

import io.tenantry.cloud.recording.Asciicast;

/** The channel of a recorded console: output is recorded before it is shown. */
final class RecordingChannel implements ClientChannel {
    private final ClientChannel page;
    private final Asciicast asciicast;

    RecordingChannel(ClientChannel page, Asciicast asciicast) {
        this.page = page;
        this.asciicast = asciicast;
    }

    @Override
    public void recorded() {
        page.recorded();
    }

    @Override
    public void show(byte[] bytes, Runnable shown) {
        asciicast.heard(bytes);
        page.show(bytes, shown);
    }

    @Override
    public void took(int bytes) {
        page.took(bytes);
    }

    @Override
    public void end(ConsoleEndReason why) {
        page.end(why);
    }
}
