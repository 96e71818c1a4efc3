/**
 * A model server as people run them: HTTP on Netty, requests gathered into batches, a worker that computes them with DJL over
 * ONNX Runtime. It knows nothing of Inferwatt.
 */
@NullMarked
package io.inferwatt.it.server;

import org.jspecify.annotations.NullMarked;
