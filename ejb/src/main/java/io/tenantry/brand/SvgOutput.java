package io.tenantry.brand;

import com.github.weisj.jsvg.renderer.output.Output;
import io.tenantry.kernel.limits.TimeLimit;
import java.awt.Graphics2D;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** The renderer's output, which stops it between two drawing steps once the {@link TimeLimit} is used up. */
final class SvgOutput implements InvocationHandler {
    private final Output output;

    private SvgOutput(Output output) {
        this.output = output;
    }

    static Output of(Graphics2D graphics) {
        return of(Output.createForGraphics(graphics));
    }

    private static Output of(Output output) {
        var loader = Output.class.getClassLoader();
        return (Output) Proxy.newProxyInstance(loader, new Class<?>[] {Output.class}, new SvgOutput(output));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (!method.getName().equals("dispose")) {
            TimeLimit.require();
        }
        try {
            var result = method.invoke(output, arguments);
            return result instanceof Output child ? of(child) : result;
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
