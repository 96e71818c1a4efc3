package io.inferwatt.agent.instrumentation.bedrock;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;

/** Threads for all asynchronous clients of a JVM: to end those of a client takes two seconds. */
public final class EventLoops {

    public static final EventLoopGroup SHARED = new NioEventLoopGroup(2, new DefaultThreadFactory("aws", true));

    private EventLoops() {}
}
