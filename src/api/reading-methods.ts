/** Whether a request only reads. HEAD is answered as GET is, but without its body. */
export const isReading = ({ method }: { readonly method: string }): boolean =>
  method === 'GET' || method === 'HEAD';
