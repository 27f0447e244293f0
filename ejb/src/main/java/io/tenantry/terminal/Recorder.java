package io.tenantry.terminal;

import io.tenantry.recording.Cast;

/** A page whose console is recorded: what it is shown is written down first. */
final class Recorder implements Window {
    private final Window page;
    private final Cast cast;

    Recorder(Window page, Cast cast) {
        this.page = page;
        this.cast = cast;
    }

    @Override
    public void recorded() {
        page.recorded();
    }

    @Override
    public void show(byte[] bytes, Runnable shown) {
        cast.heard(bytes);
        page.show(bytes, shown);
    }

    @Override
    public void took(int bytes) {
        page.took(bytes);
    }

    @Override
    public void end(End why) {
        page.end(why);
    }
}
