package io.inferwatt.it.demo;

/** How one vector for a text comes out of one vector for each token. */
enum Pooling {

    /** The mean over all tokens, as all-MiniLM-L6-v2 was trained. */
    MEAN {
        @Override
        float[] pool(float[][] tokens) {
            float[] mean = new float[tokens[0].length];
            for (float[] token : tokens) {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += token[i] / tokens.length;
                }
            }
            return mean;
        }
    },

    /** The vector of the token that opens each text, as bge-small-en-v1.5 was trained. */
    FIRST_TOKEN {
        @Override
        float[] pool(float[][] tokens) {
            return tokens[0].clone();
        }
    };

    /** Returns a new vector; at least one token is required. */
    abstract float[] pool(float[][] tokens);
}
